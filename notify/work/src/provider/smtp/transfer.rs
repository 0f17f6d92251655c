//! Messages over one connection, with as few round trips as the server allows.
//!
//! With CHUNKING a message is one write and one read. With PIPELINING alone, the envelope of the next
//! message travels with the data of the one before, so a busy connection again needs one write and
//! one read a message. With neither, every command waits for its reply.
//!
//! A message is never sent twice by us while the server may have taken it: once its last byte may
//! have left, a broken connection means "outcome unknown", and the answer is [`Outcome::Later`],
//! which the queue's own retry turns into the only possible duplicate.

use std::time::Duration;

use super::{
    link::Link,
    parcel::Parcel,
    reply::{Reply, Step, judge},
    wire::Broken,
};
use crate::provider::Outcome;

/// Where further messages come from while a connection is busy.
pub(crate) trait Supply: Sync {
    /// A message that waits, if there is one.
    fn waiting(&self) -> Option<Parcel>;
}

/// A connection broke. The parcels were certainly not taken by the server.
pub(crate) struct Loss {
    pub(crate) safe: Vec<Parcel>,
    pub(crate) why: Broken,
}

/// The server's word on an envelope.
enum Word {
    Go,
    No(Outcome),
}

impl Link {
    /// Carries `first` and, where that saves round trips, more from `supply`, each to its answer.
    ///
    /// # Errors
    /// [`Loss`]: the connection is gone.
    pub(crate) async fn carry(&mut self, first: Parcel, supply: &dyn Supply) -> Result<(), Loss> {
        let Some(first) = self.fitting(first) else { return Ok(()) };
        if self.offers.chunking {
            return self.in_one_chunk(first).await;
        }
        if !self.offers.pipelining {
            return self.step_by_step(first).await;
        }
        let mut buffer = Vec::with_capacity(first.mail.bytes.len() + 1024);
        self.announce(&first, &mut buffer);
        if let Err(why) = self.lines.say(&buffer, self.limit()).await {
            return Err(Loss { safe: vec![first], why });
        }
        let mut current = Some(first);
        while let Some(parcel) = current {
            current = self.turn(parcel, supply, &mut buffer).await?;
        }
        Ok(())
    }

    /// One announced message to its end; gives the next one, announced, if there is one.
    async fn turn(
        &mut self,
        parcel: Parcel,
        supply: &dyn Supply,
        buffer: &mut Vec<u8>,
    ) -> Result<Option<Parcel>, Loss> {
        match self.hear_envelope(true).await {
            Err(why) => return Err(Loss { safe: vec![parcel], why }),
            Ok(Word::No(outcome)) => {
                parcel.settle(outcome);
                return Ok(None);
            }
            Ok(Word::Go) => {}
        }
        buffer.clear();
        parcel.data(buffer);
        let end = buffer.len();
        let more = self.carried + 1 < self.settings.messages_per_connection;
        let next = more.then(|| self.pick(supply)).flatten();
        if let Some(next) = &next {
            self.announce(next, buffer);
        }
        if let Err((left, why)) = self.lines.put(buffer, self.limit()).await {
            return Err(lost(parcel, next, left >= end, why));
        }
        match self.lines.reply(self.settings.verdict_limit(), "after the message").await {
            Ok(reply) => {
                self.finish(parcel, &reply);
                Ok(next)
            }
            Err(why) => Err(lost(parcel, next, true, why)),
        }
    }

    /// MAIL, RCPT, BDAT and the message in one write.
    async fn in_one_chunk(&mut self, parcel: Parcel) -> Result<(), Loss> {
        let mut buffer = Vec::with_capacity(parcel.mail.bytes.len() + 512);
        if self.offers.pipelining {
            self.commands(&parcel, &mut buffer);
        } else {
            match self.ask_envelope(&parcel).await {
                Err(why) => return Err(Loss { safe: vec![parcel], why }),
                Ok(Word::No(outcome)) => {
                    parcel.settle(outcome);
                    return Ok(());
                }
                Ok(Word::Go) => {}
            }
        }
        let bytes = &parcel.mail.bytes;
        buffer.extend_from_slice(format!("BDAT {} LAST\r\n", bytes.len()).as_bytes());
        buffer.extend_from_slice(bytes);
        let end = buffer.len();
        if let Err((left, why)) = self.lines.put(&buffer, self.limit()).await {
            return Err(lost(parcel, None, left >= end, why));
        }
        match self.hear_chunk().await {
            Ok((None, reply)) => self.finish(parcel, &reply),
            Ok((Some(outcome), _)) => parcel.settle(outcome),
            Err(why) => return Err(lost(parcel, None, true, why)),
        }
        Ok(())
    }

    /// The replies to a chunk that was sent with its envelope, or alone.
    async fn hear_chunk(&mut self) -> Result<(Option<Outcome>, Reply), Broken> {
        let refusal = match self.offers.pipelining {
            true => match self.hear_envelope(false).await? {
                Word::Go => None,
                Word::No(outcome) => Some(outcome),
            },
            false => None,
        };
        let reply = self.lines.reply(self.settings.verdict_limit(), "after the message").await?;
        // After a failed BDAT nothing but RSET is sure to be understood (RFC 3030, section 2).
        self.unclean |= !reply.is_good();
        Ok((refusal, reply))
    }

    /// Every command waits for its reply.
    async fn step_by_step(&mut self, parcel: Parcel) -> Result<(), Loss> {
        let word = match self.ask_envelope(&parcel).await {
            Ok(Word::Go) => self.ask_data().await,
            other => other,
        };
        match word {
            Err(why) => return Err(Loss { safe: vec![parcel], why }),
            Ok(Word::No(outcome)) => {
                parcel.settle(outcome);
                return Ok(());
            }
            Ok(Word::Go) => {}
        }
        let mut buffer = Vec::with_capacity(parcel.mail.bytes.len() + 512);
        parcel.data(&mut buffer);
        if let Err((left, why)) = self.lines.put(&buffer, self.limit()).await {
            return Err(lost(parcel, None, left >= buffer.len(), why));
        }
        match self.lines.reply(self.settings.verdict_limit(), "after the message").await {
            Ok(reply) => self.finish(parcel, &reply),
            Err(why) => return Err(lost(parcel, None, true, why)),
        }
        Ok(())
    }

    async fn ask_data(&mut self) -> Result<Word, Broken> {
        self.lines.say(b"DATA\r\n", self.limit()).await?;
        let reply = self.lines.reply(self.limit(), "DATA").await?;
        if reply.code == 354 {
            return Ok(Word::Go);
        }
        self.unclean = true;
        Ok(Word::No(judge(Step::Message, &reply)))
    }

    async fn ask_envelope(&mut self, parcel: &Parcel) -> Result<Word, Broken> {
        let limit = self.limit();
        if std::mem::take(&mut self.unclean) {
            self.lines.say(b"RSET\r\n", limit).await?;
            self.lines.reply(limit, "RSET").await?;
        }
        for (step, command) in
            [Step::Sender, Step::Recipient].into_iter().zip(parcel.envelope(self))
        {
            self.lines.say(command.as_bytes(), limit).await?;
            let reply = self.lines.reply(limit, "envelope").await?;
            if !reply.is_good() {
                self.unclean = true;
                return Ok(Word::No(judge(step, &reply)));
            }
        }
        Ok(Word::Go)
    }

    /// The replies to an envelope that was sent in one piece, `DATA` with it or not.
    async fn hear_envelope(&mut self, with_data: bool) -> Result<Word, Broken> {
        let limit = self.limit();
        if std::mem::take(&mut self.unclean) {
            self.lines.reply(limit, "RSET").await?;
        }
        let sender = self.lines.reply(limit, "MAIL").await?;
        let recipient = self.lines.reply(limit, "RCPT").await?;
        let refusal = if !sender.is_good() {
            Some(judge(Step::Sender, &sender))
        } else if !recipient.is_good() {
            Some(judge(Step::Recipient, &recipient))
        } else {
            None
        };
        if !with_data {
            return Ok(refusal.map_or(Word::Go, Word::No));
        }
        let data = self.lines.reply(limit, "DATA").await?;
        match (refusal, data.code) {
            (None, 354) => Ok(Word::Go),
            (None, _) => {
                self.unclean = true;
                Ok(Word::No(judge(Step::Message, &data)))
            }
            (Some(outcome), 354) => {
                // The server wants data for nobody: an empty message ends that (RFC 2920, section 3.1).
                self.lines.say(b".\r\n", limit).await?;
                self.lines.reply(limit, "DATA").await?;
                Ok(Word::No(outcome))
            }
            (Some(outcome), _) => {
                self.unclean = true;
                Ok(Word::No(outcome))
            }
        }
    }

    /// Puts the whole envelope, `DATA` with it, at the end of `out`.
    fn announce(&self, parcel: &Parcel, out: &mut Vec<u8>) {
        self.commands(parcel, out);
        out.extend_from_slice(b"DATA\r\n");
    }

    fn commands(&self, parcel: &Parcel, out: &mut Vec<u8>) {
        if self.unclean {
            out.extend_from_slice(b"RSET\r\n");
        }
        for command in parcel.envelope(self) {
            out.extend_from_slice(command.as_bytes());
        }
    }

    /// Judges the reply to the whole message.
    fn finish(&mut self, parcel: Parcel, reply: &Reply) {
        self.carried += 1;
        parcel.settle(if reply.is_good() {
            Outcome::Accepted { reference: reply.queued_as() }
        } else {
            judge(Step::Message, reply)
        });
    }

    /// The parcel, unless it need not or cannot be sent over this connection.
    fn fitting(&self, parcel: Parcel) -> Option<Parcel> {
        if parcel.is_withdrawn() {
            return None;
        }
        match parcel.unfit(self) {
            Some(outcome) => {
                parcel.settle(outcome);
                None
            }
            None => Some(parcel),
        }
    }

    fn pick(&self, supply: &dyn Supply) -> Option<Parcel> {
        std::iter::from_fn(|| supply.waiting()).find_map(|parcel| self.fitting(parcel))
    }

    fn limit(&self) -> Duration {
        self.settings.command_limit()
    }
}

/// Sorts out who is safe when a connection broke: the follower always, the message itself unless its
/// end may have left. A goodbye is a plain no, so it is safe then, too, but not to be hurried.
fn lost(parcel: Parcel, next: Option<Parcel>, ended: bool, why: Broken) -> Loss {
    let mut safe = Vec::new();
    if !ended {
        safe.push(parcel);
    } else if let Broken::Goodbye(reply) = &why {
        parcel.settle(Outcome::later(reply.to_string()));
    } else {
        parcel.settle(Outcome::later(format!(
            "Outcome unknown, the message may be sent twice: {why}"
        )));
    }
    safe.extend(next);
    Loss { safe, why }
}

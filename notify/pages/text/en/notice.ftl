# Letters to those who manage a service
notice-emails = emails
notice-parts = text message parts
notice-today = today
notice-on = on { $day }
notice-this-year = this fiscal year
notice-again = from { $when }

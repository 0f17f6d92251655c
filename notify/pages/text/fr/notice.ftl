# Lettres aux personnes qui gèrent un service
notice-emails = courriels
notice-parts = segments de message texte
notice-today = aujourd’hui
notice-on = le { $day }
notice-this-year = pendant cet exercice
notice-again = à partir du { $when }

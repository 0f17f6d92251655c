# The first page of a service
tile-send = Send a message
tile-send-text = Choose a template and who gets it
tile-template = Make a template
tile-template-text = Write the words once, with gaps for what differs
dashboard-sent = Sent in the last { $days } days
dashboard-total = Total
dashboard-today = Today
dashboard-today-until = The daily limits begin anew at midnight UTC.
dashboard-year = This fiscal year
dashboard-year-until = The annual limits begin anew on April 1.

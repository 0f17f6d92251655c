# Words of the frame around every page.
skip-to-main = Skip to main content
main-menu = Main menu
other-language = Français
footer = Portico is free software for public services.
pages = Pages
newer = Newer
older = Older
missing-title = Page not found
missing-body = Check the address, or go back to the page you came from.
refused-title = This request could not be understood
refused-body = Go back and try again. If you typed the address, check it.
failed-title = Sorry, something went wrong
failed-body = The problem is on our side and it was recorded. Try again in a few minutes.

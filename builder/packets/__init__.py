"""Which files each team gets, in which order they are made, and a team's meetings as calendars."""

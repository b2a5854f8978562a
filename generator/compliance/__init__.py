"""Tables and plan to indicators: calendar, periods, figures, status, due dates."""

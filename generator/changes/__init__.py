"""Two states of a school side by side; a month closed; a review confirmed."""

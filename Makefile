# Each target is a task of bootstrap.py, which sets up .venv first. Options: make site ARGS="--as-of 2026-11-20"
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help setup site test serve check fix bench soak bundle screenshots

help setup site test serve check fix bench soak bundle screenshots:
	@$(PYTHON) bootstrap.py $@ $(ARGS)

# Each target works alone on a fresh clone: it sets up what it needs first, without questions.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv/bin
STEPS ?= 5000
KILLS ?= 10
ORDERS ?= 10000
DB ?= sqlite
OUT ?= var/bench.json

.PHONY: run test setup check story access prove crash bench nightly messages fmt wheel lock dev

run: setup
	REMONTA_HOME=$${REMONTA_HOME:-var} $(VENV)/remonta run --demo

test: dev
	$(VENV)/python -m tools.stages test

setup:
	@$(PYTHON) tools/bootstrap.py

dev:
	@$(PYTHON) tools/bootstrap.py --dev

check: dev
	$(VENV)/python -m tools.check

story: dev
	$(VENV)/python -m tools.stages story

access: dev
	$(VENV)/python -m tools.stages access

prove: dev
	$(VENV)/python -m tools.stages prove --steps $(STEPS)

crash: dev
	$(VENV)/python -m tools.stages crash --kills $(KILLS)

bench: dev
	$(VENV)/python -m tools.bench --orders $(ORDERS) --db $(DB) --out $(OUT)

nightly: dev
	$(VENV)/python -m tools.stages nightly

messages: dev
	$(VENV)/python -m tools.messages update

fmt: dev
	$(VENV)/ruff check --fix --exit-zero .
	$(VENV)/ruff format .

wheel: dev
	$(VENV)/python -m tools.wheel

lock: dev
	$(VENV)/python -m tools.lock

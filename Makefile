# IETF area decks: `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
.DEFAULT_GOAL := help
new-enough := import sys; sys.version_info >= (3, 11) or \
	sys.exit("Python 3.11 or later is needed, this is %d.%d" % sys.version_info[:2])
# An environment that was moved, is incomplete, or is of another PYTHON than the one asked for is rebuilt.
asked-for := $(if $(filter file,$(origin PYTHON)),$(CURDIR),$(PYTHON))
$(shell test ! -e $(VENV) || { test -x $(BIN)/pip && grep -qxF '$(CURDIR)' $(VENV)/made-for && \
	grep -qxF '$(asked-for)' $(VENV)/made-for; } 2>/dev/null || rm -rf $(VENV))
area = $(if $(AREA),--area '$(AREA)')
need-meeting = test -n "$(MEETING)" || { echo 'which meeting? make $@ MEETING=124' >&2; exit 2; }
.PHONY: help deck decks review import preview ci-decks new fetch upload-help test quick check lint style format accept lock bench mutants pictures contact-sheet release clean

help: ## list the targets
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

deck: $(VENV)/run ## build the deck of a meeting: make deck MEETING=124 [AREA=ops]
	@$(need-meeting)
	@$(BIN)/deckgen build $(MEETING) $(area)

decks: $(VENV)/run ## build the decks of all meetings and areas, and their index
	@$(BIN)/deckgen build --all $(area)

review: $(VENV)/run ## show a deck beside its old version: make review MEETING=124 [AGAINST=REF]
	@$(need-meeting)
	@$(BIN)/deckgen review $(MEETING) $(area) $(if $(AGAINST),--against "$(AGAINST)")

import: $(VENV)/run ## write what was edited in PowerPoint into the meeting file: make import DECK=edited.pptx
	@test -n "$(DECK)" || { echo 'which file? make import DECK=build/124/edited.pptx' >&2; exit 2; }
	@$(BIN)/deckgen import "$(DECK)" $(if $(MEETING),--meeting "$(MEETING)") $(if $(DRY_RUN),--dry-run)

preview: $(VENV)/run-all ## show the slides in a browser while you type: make preview MEETING=124
	@$(need-meeting)
	@$(BIN)/deckgen preview $(MEETING) $(area) $(if $(EDITOR_ADDRESS),--editor '$(EDITOR_ADDRESS)')

ci-decks: $(VENV)/run ## build and review the decks that differ from a base: make ci-decks BASE=main
	@$(BIN)/deckgen ci-decks $(area) $(if $(BASE),--base "$(BASE)")

new: $(VENV)/run ## create the file of the next meeting: make new MEETING=125
	@$(need-meeting)
	@$(BIN)/deckgen new $(MEETING) $(area)

fetch: $(VENV)/run-all ## fetch the facts of a meeting from the datatracker: make fetch MEETING=125
	@$(need-meeting)
	@$(BIN)/deckgen fetch $(MEETING) $(area)

upload-help: $(VENV)/run ## show where to upload a deck, and which file: make upload-help MEETING=124
	@$(need-meeting)
	@$(BIN)/deckgen upload-help $(MEETING) $(area)

test: $(VENV)/dev ## run the tests
	@$(BIN)/python -m pytest

quick: $(VENV)/dev ## run the tests that need no LibreOffice or browser, and kill no process
	@$(BIN)/python -m pytest -m quick -n auto

check: style lint test decks ## run everything that CI runs: style, types, meetings, tests, all decks

lint: $(VENV)/run ## check all meeting files, and write nothing
	@$(BIN)/deckgen check $(area)

style: $(VENV)/dev ## check style and types of the code
	@$(BIN)/ruff format --check --quiet && $(BIN)/ruff check --quiet && $(BIN)/mypy

format: $(VENV)/dev ## format the code
	@$(BIN)/ruff format && $(BIN)/ruff check --fix

accept: $(VENV)/dev ## accept the present text of the decks as the expected one; then look at the diff
	@ACCEPT=1 $(BIN)/python -m pytest tests/build/test_decks.py tests/build/test_formats.py tests/problems/test_wording.py tests/test_stability.py tests/edits/test_import.py

LOCK := uv pip compile pyproject.toml --quiet --universal --no-header --no-annotate --generate-hashes \
	--no-emit-index-url --python-version 3.11 --group install
lock: ## update the hash-locked requirements from pyproject.toml
	@$(LOCK) --output-file requirements/run.txt
	@$(LOCK) --all-extras --output-file requirements/run-all.txt
	@$(LOCK) --all-extras --group dev --output-file requirements/dev.txt

bench: $(VENV)/dev ## measure the build against python-pptx and Typst alone, and a large deck against a small
	@$(BIN)/python bench/bench.py
	@$(BIN)/python bench/preview.py
	@$(BIN)/python bench/review.py
	@$(BIN)/python bench/next_meeting.py

ROOM = rules
N = 25
SEED = 1
mutants: $(VENV)/dev ## put small faults into the code, and list those that no test notices: make mutants ROOM=rules N=25
	@$(BIN)/python bench/mutants.py "$(ROOM)" "$(N)" "$(SEED)"

pictures: $(VENV)/dev ## draw the pictures of the documents again
	@$(BIN)/python docs/pictures.py

contact-sheet: $(VENV)/dev ## draw every slide of a deck: make contact-sheet MEETING=124 [AGAINST=REF]
	@$(need-meeting)
	@$(BIN)/python docs/contact_sheet.py $(MEETING) $(if $(AGAINST),--against "$(AGAINST)")

release: $(VENV)/dev ## build, check and try the files of a release, in dist/
	@$(BIN)/python .ci/release.py

clean: ## remove what was built
	rm -rf build $(VENV)

# The environment is made once, and updated when its lock changes.
$(VENV)/run $(VENV)/run-all $(VENV)/dev: $(VENV)/%: requirements/%.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c '$(new-enough)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@printf '%s\n' '$(CURDIR)' '$(PYTHON)' >$(VENV)/made-for
	@$(PIP) install --require-hashes -r $<
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q deckgen
	@touch $@

# The book, by two commands: `make book` builds and serves it, `make test` checks it. `make help` lists the rest.

PORT ?= 8000
JOBS ?= 2
BIN := .venv/bin
READY := .venv/.ready
# TensorFlow, for the chapter on Keras: a gigabyte that the tests need and the book does not.
KERAS := .venv/.keras
# For every platform, each file by its hash, and no address of an index: everybody uses the one they are set up for.
LOCKING := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

.DEFAULT_GOAL := help
.PHONY: help book build test test-quick test-lite test-inplace test-hub test-browsers test-lowest test-newest mutants links lint browser notebooks pdf epub bench class fork lock clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: $(READY)  ## build the book and serve it at http://127.0.0.1:8000 (PORT=9000: another port)
	@$(BIN)/python tools/serve.py --check $(PORT)
	@$(MAKE) --no-print-directory build
	@$(BIN)/python tools/serve.py $(PORT)

build: $(READY)  ## build the book into _build/html
	$(BIN)/jupyter-book build . -n -W --keep-going
	@$(BIN)/python -m tools.materials

test: $(KERAS) lint build browser  ## check code, notebooks, and the built site in a real browser (PAGES=all: long tests on each page)
	NNLIB_TEST_KERAS=1 $(BIN)/pytest -n $(JOBS) $(if $(filter all,$(PAGES)),,--examples)

test-quick: lint  ## in a minute: the package, the explorers' contracts, the notebooks' form
	$(BIN)/pytest -q -n $(JOBS) -m "not slow" tests

test-lite: build browser  ## every chapter as readers run it: in the browser (JupyterLite), with Colab's versions, with Binder's
	$(BIN)/pytest -n $(JOBS) tests/site/test_in_the_browser.py tests/test_lite.py tests/test_colab.py \
		tests/test_binder.py

test-inplace: build browser  ## every cell of every chapter, run where it stands on its page
	$(BIN)/pytest -v tests/site/test_inplace.py

test-hub: $(READY) browser  ## a class's JupyterHub on this machine: a student's click runs a chapter (CHAPTER=digits: another)
	NNLIB_TEST_HUB=$(or $(CHAPTER),gradient_descent) $(BIN)/pytest -s -v tests/test_hub.py

test-browsers: build  ## every page and explorer in Firefox and in WebKit (Safari's engine), where they are installed
	NNLIB_TEST_BROWSERS=1 $(BIN)/pytest -v -rs tests/site/test_engines.py tests/site/test_engines_inplace.py

test-lowest: $(READY)  ## the core and two chapters, with the lowest versions that pyproject.toml allows
	$(BIN)/python -m tools.versions lowest

test-newest: $(READY)  ## the same with the newest versions, also those that are not out yet
	$(BIN)/python -m tools.versions newest

mutants: $(READY)  ## break the core, line by line: each wrong line has to turn a test red (MODULE=costs; MODULE=all)
	$(BIN)/python -m tools.mutants $(MODULE)

links: build  ## do the links that lead out of the book lead somewhere?
	$(BIN)/python -m tools.links

lint: $(READY)  ## style, types and spelling
	$(BIN)/codespell
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

browser: $(READY)
	@$(BIN)/python tools/browser.py

notebooks: $(KERAS)  ## run every notebook again and store its results, normalised
	$(BIN)/python tools/notebooks.py

bench: $(READY)  ## measure training, explorers, set-up, builds, and the site on a server
	@for file in benchmarks/*.py; do $(BIN)/python $$file || failed=1; done; exit $${failed:-0}

pdf: build browser  ## the whole book as one PDF, in _build/html, linked from the landing page
	@$(BIN)/python -m tools.paper pdf

epub: build  ## the same as EPUB
	@$(BIN)/python -m tools.paper epub

class: $(READY)  ## the book without its solutions, for a class, and the exercises for Moodle, into _build/class
	$(BIN)/python -m tools.classroom

fork: $(READY)  ## make the book yours: make fork URL=https://github.com/OWNER/NAME (BRANCH=main)
	@$(BIN)/python -m tools.fork "$(URL)" "$(or $(BRANCH),main)"

lock: $(READY)  ## pin the newest versions that pyproject.toml allows; and those of the tests' own environments
	$(BIN)/uv pip compile $(LOCKING) --upgrade --quiet --extra book --extra test --extra dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile $(LOCKING) --upgrade --quiet --extra keras -c requirements.lock pyproject.toml -o requirements-keras.lock
	$(BIN)/uv pip compile $(LOCKING) --upgrade --quiet --no-annotate tests/repo2docker.in -o tests/repo2docker.lock
	$(BIN)/uv pip compile $(LOCKING) --upgrade --quiet --no-annotate tests/binder.in .binder/requirements.txt -o tests/binder.lock
	$(BIN)/uv pip compile $(LOCKING) --upgrade --quiet --no-annotate tests/hub.in pyproject.toml -o tests/hub.lock
	$(BIN)/uv pip compile $(LOCKING) --upgrade --quiet --no-annotate tests/nbgrader.in -o tests/nbgrader.lock

clean:  ## remove what was built and the virtual environment
	rm -rf _build mutants .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@tools/setup.sh
	@touch $@

$(KERAS): $(READY) requirements-keras.lock
	@tools/setup.sh keras
	@touch $@

# What a developer types. `make demo` and `make test` are all a newcomer needs.

SIZE ?= 500k
# where the measured registers are kept: 13 GB at 5m
BENCH ?= /var/tmp/inzage-bench
BIN := .venv/bin
PEERS := .venv-peers/bin
# for every Python and platform we run on, not only the one that locks
LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url \
	pyproject.toml

help: ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: .venv/ready ## show a made-up region at work (RESET=1 starts again)
	@tools/pango >/dev/null
	@INZAGE_DEMO=1 INZAGE_DATABASE_URL= $(BIN)/inzage demo $(if $(RESET),--reset)

test: .venv/ready-to-develop ## run every test, on SQLite and on PostgreSQL
	@$(BIN)/python tools/test

nightly: .venv/ready-to-develop ## compare a million random histories with the reference (HISTORIES=… SEED=…)
	@PYTHONPATH=src:. $(BIN)/python -m tests.rules.nightly $(if $(HISTORIES),--histories $(HISTORIES)) \
		$(if $(SEED),--seed $(SEED))

check: .venv/ready-to-develop ## lint, format, types, imports, deployment, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	INZAGE_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
		INZAGE_OIDC_ISSUER=https://issuer.example INZAGE_OIDC_CLIENT_ID=inzage INZAGE_OIDC_CLIENT_SECRET=none \
		INZAGE_OIDC_OWN_CODES=OVO000000 \
		$(BIN)/inzage check --deploy --fail-level WARNING
	INZAGE_DATABASE_URL=sqlite://:memory: $(BIN)/inzage makemigrations --check --dry-run

translations: .venv/ready-to-develop ## bring the translation files up to date with the pages, and say what still waits
	@$(BIN)/python tools/translations

bench: .venv/ready-to-develop ## measure the figures on PostgreSQL (SIZE=10k, 50k, 500k or 5m)
	@$(if $(INZAGE_BENCH_POSTGRES),,$(BIN)/python tools/postgres --keep $(BENCH)) $(BIN)/python -m benchmarks --size $(SIZE)

bench-peers: .venv-peers/ready ## measure the decision beside other engines (SIZE=10k, 50k, 500k or 5m)
	@$(if $(INZAGE_BENCH_POSTGRES),,$(PEERS)/python tools/postgres --keep $(BENCH)) \
		$(PEERS)/python -m benchmarks.peers --size $(SIZE)

mutate: .venv/ready-to-develop ## change the rules in a thousand ways, and see that the tests notice
	@$(BIN)/pip install --quiet --require-hashes -r requirements-mutate.txt
	@PATH=$(BIN):$$PATH $(BIN)/mutmut run && $(BIN)/mutmut results

gallery: .venv/ready-to-develop ## make the pictures of the pages anew (docs/gallery)
	@INZAGE_CHROMIUM=$$(tools/chromium) INZAGE_AXE=$$(tools/axe) $(BIN)/python -m pytest -q tests/portal/gallery/making.py

permissions: .venv/ready-to-develop ## write docs/permissions.md anew, from what everyone is answered
	@PYTHONPATH=src:. $(BIN)/python -m tests.portal.permissions

lock: .venv/ready-to-develop ## lock the dependencies anew, with hashes and no addresses
	$(BIN)/pip install --quiet uv
	$(LOCK) -o requirements.txt
	$(LOCK) --group dev -o requirements-dev.txt
	$(LOCK) --group dev --group mutate -o requirements-mutate.txt
	$(LOCK) --group peers -o requirements-peers.txt
	cd benchmarks/peers && npm install --silent --package-lock-only

clean: ## throw away what can be made again (not var/, the data)
	rm -rf .venv .venv-peers mutants build dist .hypothesis .*_cache

.venv/ready: requirements.txt pyproject.toml tools/environment
	@tools/environment requirements.txt
	@touch $@

.venv/ready-to-develop: requirements-dev.txt pyproject.toml tools/environment
	@tools/environment requirements-dev.txt
	@touch $@ .venv/ready

.venv-peers/ready: requirements-peers.txt benchmarks/peers/package-lock.json tools/environment tools/peers
	@tools/peers
	@touch $@

.PHONY: help demo test nightly check translations permissions gallery bench bench-peers mutate lock clean

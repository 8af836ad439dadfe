# Two commands matter: `make run` shows the product with demo data, `make test` says whether a change holds.
# Both install what they need (.ci/tools) and work from a clean clone.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Address and data folder of `make run`; for phones on the same network: make run LISTEN=0.0.0.0:3443 TLS=self-signed
LISTEN ?= 127.0.0.1:3000
TLS ?= off
DATA ?= data

.PHONY: help run build test lint fmt bench bench-queue screenshots tools clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

run: build ## build, fill ./data with demo data when it is empty, and serve on $(LISTEN)
	@source .ci/env && mkdir -p "$(DATA)" && \
	"$$JIANXI" --data "$(DATA)" --database "sqlite:$(DATA)/jianxi.db" demo --if-empty && \
	exec "$$JIANXI" --data "$(DATA)" --database "sqlite:$(DATA)/jianxi.db" serve --demo --listen "$(LISTEN)" --tls "$(TLS)"

build: ## the release build: target/release/jianxi and target/site
	@.ci/tools build
	@.ci/build

test: ## everything that must hold: format, lints, Rust tests on both databases, browser tests on the release build
	@.ci/tools test
	@.ci/test

lint: ## format check and clippy, for both compilations of the app
	@.ci/tools build
	@.ci/test lint

fmt: ## format all Rust code
	@cargo fmt --all

bench: ## size of the first load, Lighthouse scores, check-ins per CPU-second, each against its budget (N=9 for nine runs)
	@.ci/tools test
	@.ci/build
	@source .ci/env && node end2end/bench/main.mjs

bench-queue: ## first page of an agency's queue with 1 000 and 100 000 cases, on both databases, with the query plans
	@.ci/tools test
	@.ci/postgres cargo run --locked --release --quiet -p store --features testing --example queue

screenshots: ## take README's screenshots anew from the real app
	@.ci/tools test
	@.ci/build
	@source .ci/env && npm --prefix end2end run --silent screenshots

tools: ## install everything that building and testing need
	@.ci/tools test

clean: ## remove what was built (not the data, not the tools)
	@cargo clean
	@rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report

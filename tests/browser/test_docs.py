"""The API's documentation page in a real browser, with no network to lean on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as expect
from selenium.webdriver.support.wait import WebDriverWait

from app.keys.schemas import Scope
from tests.keys import key_of, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

    from tests.live import Server

GET_QUOTES = '.opblock-get:has([data-path="/quotes"])'
POST_ARTICLES = '.opblock-post:has([data-path="/articles"])'
PATIENCE = 60

pytestmark = pytest.mark.xdist_group("live")


@pytest.fixture
def locked(settings) -> Iterator[tuple[str, str]]:
    """The URL of a service that asks for keys, and a key."""
    key = key_of(settings, Scope.READ)
    with served(settings.model_copy(update={"auth": "required"})) as url:
        yield url, key


@pytest.fixture
def docs(browser: Chrome, server: Server) -> Chrome:
    """The browser with /docs open and rendered."""
    browser.get(f"{server.url}/docs")
    _shown(browser, ".opblock")
    return browser


def test_shows_every_operation_and_asks_no_other_host(docs: Chrome, server: Server):
    documented = httpx.get(f"{server.url}/openapi.json").json()["paths"]
    shown = docs.find_elements(By.CSS_SELECTOR, ".opblock [data-path]")
    assert len(shown) == sum(map(len, documented.values()))
    assert {element.get_attribute("data-path") for element in shown} == set(documented)
    _assert_nothing_amiss(docs, server)


def test_try_it_out_stores_the_example_article(docs: Chrome, server: Server):
    _click(docs, f"{POST_ARTICLES} .opblock-summary")
    _click(docs, f"{POST_ARTICLES} .try-out__btn")
    _click(docs, f"{POST_ARTICLES} button.execute")
    status = _shown(docs, f"{POST_ARTICLES} .live-responses-table tbody .response-col_status")
    assert status.text.split()[0] == "201"
    answer = _shown(docs, f"{POST_ARTICLES} .live-responses-table .response-col_description pre")
    quotes = json.loads(answer.get_attribute("textContent"))["quotes"]
    assert quotes
    assert all(quote["speaker"]["name"] for quote in quotes)
    _assert_nothing_amiss(docs, server)


def test_authorize_sends_the_key_that_is_typed(browser: Chrome, locked: tuple[str, str]):
    url, key = locked
    browser.get(f"{url}/docs")
    _click(browser, ".auth-wrapper .authorize")
    _shown(browser, ".auth-container input").send_keys(key)
    _click(browser, ".auth-btn-wrapper .authorize")
    _click(browser, ".auth-btn-wrapper .btn-done")
    _click(browser, f"{GET_QUOTES} .opblock-summary")
    _click(browser, f"{GET_QUOTES} .try-out__btn")
    _click(browser, f"{GET_QUOTES} button.execute")
    status = _shown(browser, f"{GET_QUOTES} .live-responses-table tbody .response-col_status")
    assert status.text.split()[0] == "200"
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def _shown(browser: Chrome, selector: str) -> WebElement:
    return WebDriverWait(browser, PATIENCE).until(
        expect.visibility_of_element_located((By.CSS_SELECTOR, selector)), selector
    )


def _click(browser: Chrome, selector: str) -> None:
    element = WebDriverWait(browser, PATIENCE).until(
        expect.element_to_be_clickable((By.CSS_SELECTOR, selector)), selector
    )
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def _assert_nothing_amiss(browser: Chrome, server: Server) -> None:
    """All requests went to the service, and the page complained of nothing."""
    requested = _requested_urls(browser)
    assert {urlsplit(url).netloc for url in requested} == {urlsplit(server.url).netloc}
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def _requested_urls(browser: Chrome) -> list[str]:
    """What went over the network; data in the page and the browser's own pages did not."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = (event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent")
    return [url for url in sent if urlsplit(url).scheme in ("http", "https", "ws", "wss")]

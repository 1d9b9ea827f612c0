"""Chromium, as a person has it before them: at a width, in light or dark, with scripts or without."""

import json
import shutil
import tempfile

from selenium import webdriver
from selenium.common.exceptions import SessionNotCreatedException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--hide-scrollbars", "--no-proxy-server",
         "--disable-dev-shm-usage"]  # which is 64 MiB in a container
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


def programs():
    """Chromium and its driver; None where one is missing."""
    found = shutil.which("chromium"), shutil.which("chromedriver")
    return found if all(found) else None


def gone(element):
    """Whether the page that it was of has given way; the driver has several words for that."""
    try:
        element.is_enabled()
        return False
    except WebDriverException:
        return True


def started(options, driver, attempts=3):
    """Chromium under its driver; a busy machine may keep one from the other for longer than they wait."""
    try:
        return webdriver.Chrome(options=options, service=Service(driver))
    except SessionNotCreatedException:
        if attempts == 1:
            raise
        return started(options, driver, attempts - 1)


class Browser:
    def __init__(self, size="desktop", dark=False, scripts=True):
        chromium, driver = programs()
        self.width, self.height = SIZES[size]
        self.profile = tempfile.mkdtemp(prefix="entrepot-chromium-")
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        options.ignore_local_proxy_environment_variables()  # its driver is on this machine
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        for flag in [*FLAGS, f"--user-data-dir={self.profile}", f"--window-size={self.width},{self.height}"]:
            options.add_argument(flag)
        self.driver = started(options, driver)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.say("Emulation.setEmulatedMedia", features=[scheme])
        self.say("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.show(self.height)

    def say(self, command, **parameters):
        return self.driver.execute_cdp_cmd(command, parameters)

    def show(self, height):
        self.say("Emulation.setDeviceMetricsOverride", width=self.width, height=height, deviceScaleFactor=1,
                 mobile=self.width < 600)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def follow(self, selector):
        """Clicks what leads to another page, and waits until that is there."""
        before = self.find("html")
        self.find(selector).click()
        WebDriverWait(self.driver, 60).until(lambda _: gone(before))

    def wait_for(self, text):
        """Until the page has this text; the page may give way to another meanwhile."""
        patient = WebDriverWait(self.driver, 60, ignored_exceptions=[StaleElementReferenceException])
        patient.until(lambda _: text in self.text())

    def wait_for_focus(self, identity):
        """Until the page has put it there."""
        WebDriverWait(self.driver, 60).until(
            lambda driver: driver.switch_to.active_element.get_attribute("id") == identity)

    def text(self):
        return self.find("body").text

    def picture(self, path, most=2600):
        """Of the whole page, as far as it is not longer than so many pixels."""
        self.show(min(most, max(self.height, self.driver.execute_script("return document.documentElement.scrollHeight"))))
        self.driver.save_screenshot(str(path))
        self.show(self.height)

    def overflow(self):
        """By how many pixels the page is wider than the window."""
        return self.driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")

    def complaints(self):
        """What the browser says of the page: violations of its policy, errors of scripts, what could not be had."""
        return [entry["message"] for entry in self.driver.get_log("browser")
                if entry["level"] in ("SEVERE", "WARNING") and "favicon" not in entry["message"]]

    def stay(self):
        """A page that has itself again after some time does not, from now on."""
        self.driver.execute_script("for (let id = setInterval(() => {}, 1e6); id > 0; id--) clearInterval(id)")

    def axe(self, source):
        """Rules of accessibility that are broken: what, how gravely, and where first."""
        self.stay()
        self.driver.set_script_timeout(180)
        self.driver.execute_script(source)
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(done)")
        return [(rule["id"], rule["impact"], json.dumps(rule["nodes"][0]["target"])) for rule in found["violations"]]

    def close(self):
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

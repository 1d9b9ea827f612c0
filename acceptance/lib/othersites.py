"""Pages of other sites that mean harm to whoever is signed in to the console."""

import html
import http.server
import threading


class OtherSite:
    """Answers every request with the page that it was last given."""

    def __init__(self):
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = site.page.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Says nothing."""

        self.page = ""
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, host):
        return f"http://{host}:{self.server.server_address[1]}/"

    def frames(self, address):
        self.page = f'<!doctype html><title>frame</title><iframe id="f" src="{html.escape(address)}"></iframe>'

    def sends(self, address, **fields):
        inputs = "".join(f'<input name="{name}" value="{html.escape(value)}">' for name, value in fields.items())
        self.page = (f'<!doctype html><title>form</title><form method="post" action="{html.escape(address)}">{inputs}'
                     '<button id="go">Go</button></form>')

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

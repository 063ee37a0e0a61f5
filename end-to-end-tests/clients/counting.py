"""A front that passes bytes on as they are and counts the connections that were made to it."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit


@contextlib.contextmanager
def counted(url):
    """Yields a front before the server at `url`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        front = Front(listener, urlsplit(url))
        threading.Thread(target=front.accept, daemon=True).start()
        yield front


class Front:
    def __init__(self, listener, target):
        self.listener = listener
        self.target = (target.hostname, target.port)
        self.url = "http://127.0.0.1:%d" % listener.getsockname()[1]
        self.connections = 0

    def accept(self):
        with contextlib.suppress(OSError):  # closed
            while True:
                client, _ = self.listener.accept()
                self.connections += 1
                server = socket.create_connection(self.target)
                for one, other in ((client, server), (server, client)):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    threading.Thread(target=pump, args=(one, other), daemon=True).start()


def pump(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)

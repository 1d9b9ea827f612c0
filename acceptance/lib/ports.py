"""Ports that something will listen on later. Run as a program it prints one."""

import random
import socket

OUT_OF_THE_WAY = range(10_000, 16_000)  # the kernel draws none of these for whoever asks for any
given = set()


def free_port():
    """Between now and when it is listened on, and while its server is down, the kernel gives it to nobody. Others who
    draw one here seldom draw the same."""
    while True:
        port = random.SystemRandom().choice(OUT_OF_THE_WAY)  # seeds of tests stay what they are
        if port in given:
            continue
        with socket.socket() as taken:
            try:
                taken.bind(("127.0.0.1", port))
            except OSError:
                continue
        given.add(port)
        return port


if __name__ == "__main__":
    print(free_port())

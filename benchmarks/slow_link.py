"""A slow link on one machine: a TCP proxy that delays both directions and limits their bandwidth.

It copies bytes, so that http, websockets and their compression pass unchanged. All connections
share the link, one queue per direction, as they do on a real line: a chunk leaves when the line
is free, takes size / bandwidth, and arrives half a round trip later. Not modelled: loss, jitter,
slow start and the window of TCP.
"""
import asyncio
import contextlib
import socket
import threading
import time

__all__ = ["SlowLink"]

CHUNK = 4096  # bytes taken at a time: 16 ms at 2 Mbit/s
BACKLOG = 0.2  # s of traffic that may wait in the line before senders must


class Line:
    """One direction: `delay` in s, `rate` in bytes/s (None: unlimited), `carried` bytes."""
    def __init__(self):
        self.delay, self.rate = 0.0, None
        self.carried, self.free = 0, 0.0

    def due(self, size):
        """When a chunk arrives that is handed over now."""
        now = time.monotonic()
        self.carried += size
        self.free = max(now, self.free) + (size / self.rate if self.rate else 0.0)
        return self.free + self.delay

    def wait(self):
        """How long a sender must hold back, in s."""
        return max(0.0, self.free - time.monotonic() - BACKLOG) if self.rate else 0.0


class SlowLink:
    """The proxy to a port, in a thread of its own: `with SlowLink(8888) as link:` has the
    `link.port` to open; `link.set(rtt=0.15, mbit=2)` holds from the next chunk on.
    """
    def __init__(self, to):
        self.to = to
        self.up, self.down = Line(), Line()
        self._loop, self._ready = asyncio.new_event_loop(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def set(self, rtt=0.0, mbit=None):
        """Round trip in s, bandwidth of each direction in Mbit/s."""
        for line in (self.up, self.down):
            line.delay, line.rate = rtt / 2, mbit and mbit * 1e6 / 8

    def __enter__(self):
        self._thread.start()
        if not self._ready.wait(10):
            raise TimeoutError("the proxy did not start within 10 s")
        return self

    def __exit__(self, *_):
        asyncio.run_coroutine_threadsafe(self._end(), self._loop)
        self._thread.join(5)
        self._loop.close()

    def _run(self):
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _end(self):
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.05)  # for the sockets to be closed
        self._loop.stop()

    async def _serve(self, reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            writer.close()
            return
        for end in (writer, far_writer):
            end.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            await asyncio.gather(_copy(reader, far_writer, self.up),
                                 _copy(far_reader, writer, self.down))
        except asyncio.CancelledError:  # the end of the proxy
            pass
        finally:
            writer.transport.abort()
            far_writer.transport.abort()


async def _copy(reader, writer, line):
    """Carry one direction of one connection until its sender ends it."""
    waiting = asyncio.Queue()
    out = asyncio.ensure_future(_deliver(waiting, writer))
    with contextlib.suppress(ConnectionError, asyncio.CancelledError):
        while data := await reader.read(CHUNK):
            waiting.put_nowait((line.due(len(data)), data))
            if held := line.wait():
                await asyncio.sleep(held)
    waiting.put_nowait(None)
    try:
        with contextlib.suppress(ConnectionError, RuntimeError, OSError, asyncio.CancelledError):
            await out
            writer.write_eof()
    finally:
        out.cancel()


async def _deliver(waiting, writer):
    while (item := await waiting.get()) is not None:
        due, data = item
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        writer.write(data)
        await writer.drain()

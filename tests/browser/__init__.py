"""A real JupyterLab, nbgrader and formgrader in a real browser.

A package, so that pytest closes what has the scope "package" when it leaves this folder: Playwright keeps an event
loop running in the main thread, where other tests start one of their own.
"""

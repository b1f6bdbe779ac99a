using System;

namespace HcsPowerShell.Errors;

/// <summary>A command that needs a terminal runs in a session without one.</summary>
internal sealed class NoTerminalException()
    : Exception("this session has no terminal: its input or output is redirected, or it is not interactive.");

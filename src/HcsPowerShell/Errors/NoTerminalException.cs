using System;

namespace HcsPowerShell.Errors;

/// <summary>A command for a person at a terminal runs where there is none.</summary>
internal sealed class NoTerminalException()
    : Exception("this session has no terminal: its input or output is redirected, or nobody sits at it.");

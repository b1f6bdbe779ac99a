using System;

namespace HcsPowerShell.Hosts;

/// <summary>A command names another host than the one that its target came from.</summary>
internal sealed class HostMismatchException(string message) : Exception(message);

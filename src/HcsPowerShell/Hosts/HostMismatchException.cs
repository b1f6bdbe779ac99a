using System;

namespace HcsPowerShell.Hosts;

/// <summary>A command was told another host than the one its target came from.</summary>
internal sealed class HostMismatchException(string message) : Exception(message);

using System;

namespace HcsPowerShell.Hosts;

/// <summary>The session that leads to a host runs another command, which does not end by itself.</summary>
internal sealed class HostBusyException(string message) : Exception(message);

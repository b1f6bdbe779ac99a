using System;

namespace HcsPowerShell.Hosts;

/// <summary>The session that leads to a host does not work any more, or the host was disconnected.</summary>
internal sealed class HostDisconnectedException(string message, Exception? cause = null) : Exception(message, cause);

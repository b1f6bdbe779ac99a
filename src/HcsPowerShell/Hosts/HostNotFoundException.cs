using System;

namespace HcsPowerShell.Hosts;

/// <summary>No host answers to a name.</summary>
internal sealed class HostNotFoundException(string message) : Exception(message);

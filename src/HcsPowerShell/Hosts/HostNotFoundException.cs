using System;

namespace HcsPowerShell.Hosts;

/// <summary>A host was not found.</summary>
internal sealed class HostNotFoundException(string message) : Exception(message);

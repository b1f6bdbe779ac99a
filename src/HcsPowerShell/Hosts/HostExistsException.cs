using System;

namespace HcsPowerShell.Hosts;

/// <summary>A session leads to a host that this process has already, or its name belongs to another host.</summary>
internal sealed class HostExistsException(string message) : Exception(message);

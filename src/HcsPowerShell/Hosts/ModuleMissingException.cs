using System;

namespace HcsPowerShell.Hosts;

/// <summary>A command does not exist where a host is: the module is missing, older, or the user may not run it.</summary>
internal sealed class ModuleMissingException(string message, Exception? cause = null) : Exception(message, cause);

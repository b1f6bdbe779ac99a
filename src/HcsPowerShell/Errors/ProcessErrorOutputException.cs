using System;

namespace HcsPowerShell.Errors;

/// <summary>Carries a line of standard error in an error record, as PowerShell does for native commands.</summary>
internal sealed class ProcessErrorOutputException(string line) : Exception(line);

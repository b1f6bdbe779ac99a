using System;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Errors;

/// <summary>Carries a refusal of the service with what the command has found out about it.</summary>
/// <param name="cause">The refusal.</param>
/// <param name="explanation">A sentence for the user.</param>
internal sealed class ExplainedException(HcsException cause, string explanation) : Exception(explanation, cause);

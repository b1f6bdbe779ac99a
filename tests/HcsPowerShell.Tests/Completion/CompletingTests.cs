using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Faults;

namespace HcsPowerShell.Tests.Completion;

/// <summary>Base class for tests of tab completion. They ask the engine as a console does.</summary>
public abstract class CompletingTests(Session session) : FaultySession(session)
{
    /// <summary>Returns the completions of a line; ^ marks a cursor that is not at its end.</summary>
    /// <remarks>
    /// There must be a completion. The test repeats the query, because a completer gives up after a second, which a
    /// busy machine may need for itself.
    /// </remarks>
    protected IReadOnlyList<CompletionResult> Complete(string line, Session? session = null)
    {
        IReadOnlyList<CompletionResult> offered = [];
        Poll.Until(() => (offered = Offered(line, session)).Count > 0, $"a completion of {line}");
        return offered;
    }

    /// <summary>Returns the completions of a line, which may be none.</summary>
    protected IReadOnlyList<CompletionResult> Offered(string line, Session? session = null)
    {
        int cursor = line.IndexOf('^');
        string input = cursor < 0 ? line : line.Remove(cursor, 1);
        using var limited = new LimitedShell((session ?? Session).Runspace);
        PowerShell shell = limited.Shell;
        CommandCompletion completion =
            CommandCompletion.CompleteInput(input, cursor < 0 ? input.Length : cursor, null, shell);

        // If no completer answers, the engine completes the files of the folder.
        return [.. completion.CompletionMatches.Where(match =>
            match.ResultType is not (CompletionResultType.ProviderItem or CompletionResultType.ProviderContainer))];
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using HcsPowerShell.Tests.Faults;

namespace HcsPowerShell.Tests.Completion;

/// <summary>Tests of what Tab offers. The engine is asked, as a console asks it.</summary>
public abstract class CompletingTests(Session session) : FaultySession(session)
{
    /// <summary>What is offered for a line; ^ marks a cursor that is not at its end.</summary>
    /// <remarks>Something has to be. A completer gives up after a second, which a busy machine may need for itself.</remarks>
    protected IReadOnlyList<CompletionResult> Complete(string line, Session? session = null)
    {
        IReadOnlyList<CompletionResult> offered = [];
        Poll.Until(() => (offered = Offered(line, session)).Count > 0, $"a completion of {line}");
        return offered;
    }

    /// <summary>The same where there may be nothing to offer.</summary>
    protected IReadOnlyList<CompletionResult> Offered(string line, Session? session = null)
    {
        int cursor = line.IndexOf('^');
        string input = cursor < 0 ? line : line.Remove(cursor, 1);
        using var limited = new LimitedShell((session ?? Session).Runspace);
        PowerShell shell = limited.Shell;
        CommandCompletion completion =
            CommandCompletion.CompleteInput(input, cursor < 0 ? input.Length : cursor, null, shell);

        // Where no completer answers, the engine goes on to the files of the folder.
        return [.. completion.CompletionMatches.Where(match =>
            match.ResultType is not (CompletionResultType.ProviderItem or CompletionResultType.ProviderContainer))];
    }
}

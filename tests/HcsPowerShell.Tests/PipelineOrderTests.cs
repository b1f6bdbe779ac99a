using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

public sealed class PipelineOrderTests(Session session) : SessionTests(session)
{
    // Whether the last line is written by the thread of the pipeline or by another is chance: often enough, it is either.
    [Fact]
    public void Lines_keep_their_order_whichever_thread_writes_them()
    {
        dynamic container = Session.NewRunning();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(
                ["a", "b", "end"],
                Session.Get("Invoke-HcsProcess $c -CommandArg printf, 'a\\nb\\nend'", ("c", container))
                    .Select(line => (string)line.BaseObject));
        }
    }
}

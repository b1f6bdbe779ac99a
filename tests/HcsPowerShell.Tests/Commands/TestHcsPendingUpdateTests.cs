using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class TestHcsPendingUpdateTests(Session session) : SessionTests(session)
{
    [Fact]
    public void It_answers_for_each_container()
    {
        string prefix = Session.NewId();
        Assert.Equal([false, false], Session.Get(
            "1..2 | ForEach-Object { $null = New-HcsContainer \"$p-$_\" -Start }; Test-HcsPendingUpdate -Id \"$p-*\"",
            ("p", prefix)).Select(answer => answer.BaseObject));
    }

    [Fact]
    public void One_bad_target_is_one_error_and_the_rest_are_answered()
    {
        ScriptResult result = Session.Run("'nobody', $c.Id | Test-HcsPendingUpdate", ("c", Session.NewRunning()));
        result.RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal(false, Assert.Single(result.Output).BaseObject);
    }
}

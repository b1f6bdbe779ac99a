using System;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>After the first of several, the waits for the others are over. No command shows it, so its engine is asked.</summary>
public sealed class WaitAnyTests(Session session) : SessionTests(session)
{
    [Fact]
    public async Task The_others_are_told_that_nobody_waits()
    {
        Assembly module = Session.Single("Get-HcsHost").GetType().Assembly;
        Type work = module.GetType("HcsPowerShell.Jobs.JobWork")!;
        object together = Activator.CreateInstance(module.GetType("HcsPowerShell.Abstractions.SideBySide")!)!;
        CancellationToken rest = default;
        Func<object, CancellationToken, Task> first = (_, _) => Task.CompletedTask;
        Func<object, CancellationToken, Task> other = (_, stop) =>
        {
            rest = stop;
            return Task.Delay(Timeout.Infinite, stop);
        };
        MethodInfo add = together.GetType().GetMethod("Add")!;
        add.Invoke(together, [Activator.CreateInstance(work, "first", first)]);
        add.Invoke(together, [Activator.CreateInstance(work, "other", other)]);
        await ((Task)together.GetType().GetMethod("RunAsync")!.Invoke(together, [null, true, null, CancellationToken.None])!)
            .Within();
        Assert.True(rest.IsCancellationRequested);
    }
}

using System;
using System.Reflection;
using System.Threading;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Completion;

/// <summary>A compute service that does not answer an enumeration until it is told that nobody waits.</summary>
public class UnansweringService : ServiceProxy
{
    private readonly ManualResetEventSlim _letGo = new();

    /// <summary>It does not even come back from the call, and hears of no stop.</summary>
    public bool HoldsUpTheCall { get; set; }

    /// <summary>By what it was told that nobody waits any more.</summary>
    public CancellationToken Stop { get; private set; }

    public void LetGo() => _letGo.Set();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != "GetContainersAsync")
        {
            return base.Invoke(targetMethod, args);
        }

        // The type of the options is that of the module that was loaded at run time.
        object options = args![1]!;
        Stop = (CancellationToken)options.GetType().GetProperty(nameof(CancellationToken))!.GetValue(options)!;
        if (HoldsUpTheCall)
        {
            Assert.True(_letGo.Wait(Waits.Limit), "The call was not let go.");
        }

        return Answering.Never(targetMethod.ReturnType, Stop);
    }
}

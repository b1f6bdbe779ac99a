using System;
using System.Reflection;
using System.Threading;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Completion;

/// <summary>
/// A compute service that does not answer an enumeration until it is told that the caller no longer waits.
/// </summary>
public class UnansweringService : ServiceProxy
{
    private readonly ManualResetEventSlim _letGo = new();

    /// <summary>True if the service does not even return from the call, and ignores the stop.</summary>
    public bool HoldsUpTheCall { get; set; }

    /// <summary>The token that tells the service that the caller no longer waits.</summary>
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

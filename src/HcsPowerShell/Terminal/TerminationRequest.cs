using System;
using System.Reflection;

namespace HcsPowerShell.Terminal;

/// <summary>
/// Handles SIGTERM on Unix. Up to .NET 9, SIGTERM raised ProcessExit; .NET 10 leaves it to the system, which ends the
/// process at once.
/// </summary>
internal static class TerminationRequest
{
    private const int SigTerm = -4;

    /// <summary>
    /// Registers a callback that runs before the process ends; null when the runtime cannot do that (.NET Framework).
    /// </summary>
    public static IDisposable? Register(Action callback)
    {
        // .NET Standard does not have the type.
        MethodInfo? create = typeof(object).Assembly
            .GetType("System.Runtime.InteropServices.PosixSignalRegistration")?.GetMethod("Create");
        if (create is null)
        {
            return null;
        }

        object signal = Enum.ToObject(create.GetParameters()[0].ParameterType, SigTerm);
        Action<object> handler = _ => callback();
        return (IDisposable)create.Invoke(null, [signal, handler]);
    }
}

using System;
using HcsPowerShell.Benchmarks.Engine;

namespace HcsPowerShell.Benchmarks.LifeCycle;

/// <summary>Life cycles of containers through the commands of the module.</summary>
internal static class ModuleContainers
{
    /// <summary>Runs one life cycle: create, start, exec, kill and delete, the last two with one command.</summary>
    public static void LiveOnce(ModuleSession session, LifeCycleTimes times)
    {
        object container = string.Empty;
        times.Step(() => container = Create(session, Guid.NewGuid().ToString()));
        times.Step(() => session.Run("Start-HcsContainer", ("Container", container)));
        times.Step(() => session.Run(
            "Start-HcsProcess", ("Container", container), ("CommandArg", new[] { "/bin/sleep", "infinity" })));
        times.Step(() => Remove(session, container));
        times.End();
    }

    public static object Create(ModuleSession session, string hostName) =>
        session.Run("New-HcsContainer", ("Id", hostName), ("HostName", hostName))[0].BaseObject;

    public static void Remove(ModuleSession session, object container) =>
        session.Run("Stop-HcsContainer", ("Container", container), ("Force", true));
}

using System;
using System.Runtime.CompilerServices;

namespace HcsPowerShell.Tests.Engine;

/// <summary>PowerShell, here and in the processes that are started, sends no telemetry and looks for no update.</summary>
internal static class Quietness
{
    [ModuleInitializer]
    internal static void Begin()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
    }
}

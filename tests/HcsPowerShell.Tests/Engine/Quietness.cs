using System;
using System.Runtime.CompilerServices;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// Makes PowerShell, in this process and in child processes, send no telemetry and look for no update.
/// </summary>
internal static class Quietness
{
    [ModuleInitializer]
    internal static void Begin()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
    }
}

using System;
using System.Runtime.CompilerServices;

namespace HcsPowerShell.Tests.Engine;

/// <summary>PowerShell, in this process and in those it starts, tells its makers nothing and looks for no newer version.</summary>
internal static class Quietness
{
    [ModuleInitializer]
    internal static void Begin()
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
    }
}

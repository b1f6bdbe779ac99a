using System;
using System.IO;
using System.Management.Automation;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Loading;

/// <summary>
/// Runs when PowerShell imports or removes the module. PowerShell 7 has System.Text.Json; the .NET Framework of Windows
/// PowerShell 5.1 does not, so there .NET also looks in the module's own folder while the module is imported.
/// </summary>
public sealed class ModuleLoading : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    // One instance for the process, as there is one event: a second import must not subscribe a second time.
    private static readonly CarriedAssemblies s_carried =
        new(Path.Combine(Path.GetDirectoryName(typeof(ModuleLoading).Assembly.Location)!, "net472"));

    private static bool IsNetFramework =>
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal);

    /// <inheritdoc/>
    public void OnImport()
    {
        if (IsNetFramework)
        {
            AppDomain.CurrentDomain.AssemblyResolve -= s_carried.Resolve;
            AppDomain.CurrentDomain.AssemblyResolve += s_carried.Resolve;
        }
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= s_carried.Resolve;
}

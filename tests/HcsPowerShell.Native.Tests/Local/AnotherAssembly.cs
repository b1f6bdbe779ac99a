using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeNetwork;

namespace HcsPowerShell.Native.Tests.Local;

/// <summary>A second copy of the interop assembly, whose imports do not use the mocks of this process.</summary>
internal static class AnotherAssembly
{
    internal static Assembly Load(DllImportResolver? resolver)
    {
        var context = new AssemblyLoadContext("another", isCollectible: true);
        Assembly assembly = context.LoadFromAssemblyPath(typeof(IComputeService).Assembly.Location);
        if (resolver is not null)
        {
            NativeLibrary.SetDllImportResolver(assembly, resolver);
        }

        return assembly;
    }

    /// <summary>The networks of Windows, by the copy.</summary>
    internal static object Networks(Assembly assembly) =>
        Activator.CreateInstance(assembly.GetType(typeof(ComputeNetworkService).FullName!)!)!;

    internal static object NoOptions(Assembly assembly) =>
        Activator.CreateInstance(assembly.GetType(typeof(CallOptions).FullName!)!)!;
}

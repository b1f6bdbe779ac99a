using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>Points the imports of the interop assembly at the mocks.</summary>
internal static class MockLibraries
{
    // Under the name of the real library, Windows would use the loaded mock wherever that library is needed.
    internal static string PathOf(string name) => Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + "-mock.dll" : "lib" + name + ".so");

    [ModuleInitializer]
    internal static void Resolve() =>
        NativeLibrary.SetDllImportResolver(typeof(IComputeService).Assembly, Resolve);

    private static IntPtr Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath)
    {
        string? name = library switch
        {
            "computecore.dll" or "kernel32.dll" => "computecore",
            "vmcompute.dll" or "computenetwork.dll" or "ole32.dll" => "vmcompute",

            "ntdll.dll" when !OperatingSystem.IsWindows() => "computecore",

            // Only a few of their functions have a mock, which Windows does not need.
            "advapi32.dll" or "shell32.dll" when !OperatingSystem.IsWindows() => "vmcompute",
            _ => null,
        };

        // A library without a mock is part of Windows, or missing on other systems: the runtime looks for it as usual.
        return name is null ? IntPtr.Zero : NativeLibrary.Load(PathOf(name));
    }
}

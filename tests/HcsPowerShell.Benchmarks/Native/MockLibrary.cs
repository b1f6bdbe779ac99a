using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Benchmarks.Native;

/// <summary>The mock of computecore from the native adapter tests, used by the module and by this program.</summary>
internal static class MockLibrary
{
    public const string Name = "computecore.dll";

    private static readonly string s_path = typeof(MockLibrary).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(value => value.Key == "MockLibrary").Value!;

    /// <summary>False if there is no C compiler.</summary>
    public static bool IsBuilt => File.Exists(s_path);

    /// <summary>Points the imports at the mock; the module must already be imported.</summary>
    public static void Load()
    {
        Assembly interop = AppDomain.CurrentDomain.GetAssemblies()
            .Single(assembly => assembly.GetName().Name == "HcsPowerShell.Interop");
        NativeLibrary.SetDllImportResolver(interop, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(MockLibrary).Assembly, Resolve);
    }

    /// <summary>Creates compute systems that are not started, and names them by their numbers.</summary>
    public static void AddSystems(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            Marshal.ThrowExceptionForHR(mock_add_system("system-" + i, """{"Owner":"benchmark"}""", 0));
        }
    }

    private static IntPtr Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath) =>
        library is Name or "kernel32.dll" ? NativeLibrary.Load(s_path) : IntPtr.Zero;

    [DllImport(Name)]
    private static extern int mock_add_system(
        [MarshalAs(UnmanagedType.LPWStr)] string id, [MarshalAs(UnmanagedType.LPWStr)] string document, int started);
}

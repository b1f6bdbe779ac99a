using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using HcsPowerShell.Benchmarks.Engine;
using HcsPowerShell.Benchmarks.Measuring;

namespace HcsPowerShell.Benchmarks.Native;

/// <summary>The mocks of the native adapter tests, used by the module and by this program.</summary>
internal static class MockLibrary
{
    public const string Name = "computecore.dll";

    private static readonly string s_computeCore = Modules.Find("MockLibrary");
    private static readonly byte[] s_graceful = [.. "GracefulExit\0"u8];
    private static bool s_isUsed;

    /// <summary>
    /// Points the imports at the mocks, whose service has no systems then; the module must already be imported.
    /// </summary>
    /// <exception cref="MissingException">There is no C compiler.</exception>
    public static void Use()
    {
        if (!File.Exists(s_computeCore))
        {
            throw new MissingException("needs a C compiler, for the mocks");
        }

        if (!s_isUsed)
        {
            s_isUsed = true;
            Assembly interop = AppDomain.CurrentDomain.GetAssemblies()
                .Single(assembly => assembly.GetName().Name == "HcsPowerShell.Interop");
            NativeLibrary.SetDllImportResolver(interop, Resolve);
            NativeLibrary.SetDllImportResolver(typeof(MockLibrary).Assembly, Resolve);
        }

        mock_reset();
        mock_set_closes_pending(1);
    }

    /// <summary>Creates compute systems, and names them by their numbers.</summary>
    public static void AddSystems(int from, int to, bool areStarted = false)
    {
        for (int i = from; i < to; i++)
        {
            Marshal.ThrowExceptionForHR(mock_add_system("system-" + i, """{"Owner":"benchmark"}""", areStarted ? 1 : 0));
        }
    }

    /// <summary>Returns the number of open handles of systems.</summary>
    public static int CountHandles() => mock_alive(0);

    /// <summary>Makes a started system exit.</summary>
    public static void Exit(int number) => Marshal.ThrowExceptionForHR(mock_exit_system("system-" + number, s_graceful, 0));

    // The mock of vmcompute has the rest of Windows. Without it, each call would end in an exception.
    private static IntPtr Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath) => library switch
    {
        Name or "kernel32.dll" => NativeLibrary.Load(s_computeCore),
        "vmcompute.dll" or "computenetwork.dll" or "ole32.dll" or "advapi32.dll" or "shell32.dll" =>
            NativeLibrary.Load(Path.Combine(Path.GetDirectoryName(s_computeCore)!, "libvmcompute.so")),
        _ => IntPtr.Zero,
    };

    [DllImport(Name)]
    private static extern void mock_reset();

    [DllImport(Name)]
    private static extern void mock_set_closes_pending(int on);

    [DllImport(Name)]
    private static extern int mock_alive(int kind);

    [DllImport(Name)]
    private static extern int mock_add_system(
        [MarshalAs(UnmanagedType.LPWStr)] string id, [MarshalAs(UnmanagedType.LPWStr)] string document, int started);

    [DllImport(Name)]
    private static extern int mock_exit_system(
        [MarshalAs(UnmanagedType.LPWStr)] string id, byte[] type, int status);
}

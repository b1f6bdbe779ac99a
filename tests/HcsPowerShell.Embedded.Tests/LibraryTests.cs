using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Interop;
using Xunit;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>Tests where native libraries are looked for: never beside the assembly.</summary>
public sealed class LibraryTests
{
    [Fact]
    public void Every_import_says_where_its_library_may_be()
    {
        MethodInfo[] imports =
        [
            .. new[] { typeof(Libc).Assembly, typeof(HcsException).Assembly }
                .SelectMany(assembly => assembly.GetTypes())
                .SelectMany(type => type.GetMethods(
                    BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(method => method.IsDefined(typeof(DllImportAttribute))),
        ];
        Assert.True(imports.Length > 150, $"{imports.Length}");
        Assert.All(imports, import => Assert.Equal(DllImportSearchPath.System32, SearchPath(import)));
    }

    [Theory]
    [InlineData("libc.so")]
    [InlineData("libc.so.6")]
    [InlineData("libc")]
    [InlineData("liblibc.so")]
    public void A_library_beside_the_assembly_is_not_loaded(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux.");
        string planted = Directory.EnumerateFiles("/lib", "libm.so.6", SearchOption.AllDirectories).FirstOrDefault() ?? "";
        Assert.SkipUnless(planted.Length > 0, "Needs glibc's libm.so.6 to be planted.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string copy = Path.Combine(folder.FullName, "HcsPowerShell.Embedded.dll");
            File.Copy(typeof(Libc).Assembly.Location, copy);

            // The planted library has none of the functions, so a process that loads it fails.
            File.Copy(planted, Path.Combine(folder.FullName, name));
            AssemblyLoadContext context = new(name, isCollectible: true);
            Type libc = context.LoadFromAssemblyPath(copy).GetType(typeof(Libc).FullName!)!;
            object? user = libc.GetMethod(nameof(Libc.geteuid), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, []);
            Assert.Equal(Libc.geteuid(), user);
            Assert.DoesNotContain(
                File.ReadLines("/proc/self/maps"), line => line.Contains(folder.FullName + "/libc", StringComparison.Ordinal));
            context.Unload();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DllImportSearchPath? SearchPath(MethodInfo import) =>
        (import.GetCustomAttribute<DefaultDllImportSearchPathsAttribute>()
            ?? import.Module.Assembly.GetCustomAttribute<DefaultDllImportSearchPathsAttribute>())?.Paths;
}

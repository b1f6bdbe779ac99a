using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Packaging;

/// <summary>
/// Tests which code gets the assemblies that the module carries for Windows PowerShell, and which are used on
/// PowerShell 7.
/// </summary>
public sealed class LoadingTests : IDisposable
{
    private static readonly string s_carried = Path.Combine(StagedModule.Folder, "net472");
    private readonly Session _session = Session.WithoutHost();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_module_gets_what_it_carries()
    {
        Assembly json = Resolve("System.Text.Json, Version=8.0.0.0", Commands)!;
        Assert.Equal(Path.Combine(s_carried, "System.Text.Json.dll"), json.Location);
        Assert.Same(json, Resolve("System.Text.Json, Version=8.0.0.0", Commands));
    }

    [Fact]
    public void What_it_carries_gets_the_rest_whatever_older_version_it_asks_for()
    {
        Assembly json = Resolve("System.Text.Json, Version=8.0.0.0", Commands)!;
        Assembly memory = Resolve("System.Memory, Version=4.0.1.0", json)!;
        Assert.Equal(Path.Combine(s_carried, "System.Memory.dll"), memory.Location);
    }

    [Fact]
    public void Others_get_nothing_of_it()
    {
        Assert.Null(Resolve("System.Text.Json, Version=8.0.0.0", typeof(Assert).Assembly));
        Assert.Null(Resolve("System.Text.Json, Version=8.0.0.0", null));
    }

    [Fact]
    public void What_it_does_not_carry_is_left_to_others()
    {
        Assert.Null(Resolve("System.Text.Json, Version=99.0.0.0", Commands));
        Assert.Null(Resolve("System.Nowhere, Version=1.0.0.0", Commands));
    }

    [Fact]
    public void A_System_Text_Json_that_another_module_has_loaded_disturbs_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        using var folder = new TemporaryFolder();
        string other = folder.Write("Other.psm1", $$"""
            $context = [System.Runtime.Loader.AssemblyLoadContext]::new('Other')
            $json = $context.LoadFromAssemblyPath('{{Path.Combine(s_carried, "System.Text.Json.dll")}}')
            function Get-OtherVersion { $json.GetName().Version.ToString() }
            Export-ModuleMember -Function Get-OtherVersion
            """);
        (IReadOnlyList<string> output, string error) = Pwsh.Run($$"""
            Import-Module '{{other}}'
            Import-Module HcsPowerShell
            Connect-HcsHost -Embedded -Isolation Process
            (New-HcsContainer web -Start).State
            Invoke-HcsProcess web 'echo hello'
            Get-OtherVersion
            foreach ($assembly in [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies) {
                if ($assembly.GetName().Name -eq 'System.Text.Json') {
                    [System.IO.Path]::GetDirectoryName($assembly.Location) -eq [System.IO.Path]::GetDirectoryName([object].Assembly.Location)
                }
            }
            """);
        Assert.Equal(string.Empty, error);
        Assert.Equal(["Running", "hello", "8.0.0.5", "True"], output);
    }

    private Assembly Commands => (Assembly)_session.Single("(Get-Command Get-HcsHost).ImplementingType.Assembly");

    /// <summary>Calls the handler of the module as .NET Framework does.</summary>
    private Assembly? Resolve(string name, Assembly? requesting)
    {
        Type type = Commands.GetType("HcsPowerShell.Loading.CarriedAssemblies")!;
        object carried = Activator.CreateInstance(type, s_carried)!;
        return (Assembly?)type.GetMethod("Resolve")!.Invoke(carried, [null, new ResolveEventArgs(name, requesting)]);
    }
}

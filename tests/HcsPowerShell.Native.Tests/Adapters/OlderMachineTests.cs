using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeCore;
using HcsPowerShell.Native.Tests.Local;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests on a computecore that lacks the functions for virtual machines, in a second copy of the assembly.</summary>
public sealed class OlderMachineTests
{
    [Theory]
    [InlineData(null, "HcsGrantVmGroupAccess")]
    [InlineData("web", "HcsGrantVmAccess")]
    public async Task A_function_that_the_library_lacks_is_named(string? id, string function)
    {
        Assert.SkipUnless(MockLibrary.AreBuilt, "the mocks of the HCS libraries are not built: no C compiler (cc)");

        // The mock of vmcompute has none of them.
        IntPtr library = NativeLibrary.Load(MockLibraries.PathOf("vmcompute-older"));
        Assembly assembly = AnotherAssembly.Load((name, _, _) => name == "computecore.dll" ? library : IntPtr.Zero);
        object machines = Activator.CreateInstance(assembly.GetType(typeof(ComputeCoreMachines).FullName!)!)!;
        var call = (Task)machines.GetType().GetMethod(nameof(IMachineService.GrantAccessAsync))!
            .Invoke(machines, [id, "/disk", AnotherAssembly.NoOptions(assembly)])!;
        Exception refusal = await Assert.ThrowsAnyAsync<Exception>(() => call.Within());
        Assert.Equal(function, refusal.GetType().GetProperty(nameof(HcsException.Function))!.GetValue(refusal));
        Assert.Equal(unchecked((int)0x8007007F), refusal.HResult);
        Assert.IsType<EntryPointNotFoundException>(refusal.InnerException);
    }
}

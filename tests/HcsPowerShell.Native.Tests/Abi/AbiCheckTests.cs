using System;
using System.Linq;
using System.Reflection;
using Xunit;

namespace HcsPowerShell.Native.Tests.Abi;

/// <summary>Tests that the checker refuses each wrong declaration, for the right reason.</summary>
public sealed class AbiCheckTests
{
    private static readonly AbiCheck s_check = new(new AbiFacts());

    [Theory]
    [InlineData(nameof(WrongDeclarations.ParameterOrder), "name of parameter 0")]
    [InlineData(nameof(WrongDeclarations.ParameterCount), "number of parameters")]
    [InlineData(nameof(WrongDeclarations.Width), "UInt64 for in DWORD")]
    [InlineData(nameof(WrongDeclarations.Direction), "for out PWSTR*")]
    [InlineData(nameof(WrongDeclarations.Allocator), "for out PWSTR*")]
    [InlineData(nameof(WrongDeclarations.CharacterSet), "character set")]
    [InlineData(nameof(WrongDeclarations.Convention), "calling convention")]
    [InlineData(nameof(WrongDeclarations.Signature), "PreserveSig")]
    [InlineData(nameof(WrongDeclarations.Spelling), "is not known to export")]
    [InlineData(nameof(WrongDeclarations.Library), "number of parameters")]
    [InlineData(nameof(WrongDeclarations.Return), "returns Void for HRESULT")]
    [InlineData(nameof(WrongDeclarations.ByValue), "DriverInfo for in DriverInfo*")]
    [InlineData(nameof(WrongDeclarations.Size), "UInt32 for in UINT64")]
    [InlineData(nameof(WrongDeclarations.Buffer), "Char[] for out WCHAR*")]
    public void A_wrong_import_is_refused(string mistake, string reason)
    {
        MethodInfo method = typeof(WrongDeclarations).GetNestedType(mistake, BindingFlags.NonPublic)!
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Single();
        Assert.Contains(s_check.Function(method), d => d.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_calling_convention_of_a_callback_is_refused() =>
        Assert.NotEmpty(s_check.Callback(typeof(WrongDeclarations.HCS_NOTIFICATION_CALLBACK)));

    [Fact]
    public void A_wrong_field_order_is_refused() =>
        Assert.NotEmpty(s_check.Struct(typeof(WrongDeclarations.HCS_PROCESS_INFORMATION)));

    [Fact]
    public void A_number_of_the_other_library_is_refused() =>
        Assert.NotEmpty(s_check.Enum(typeof(WrongDeclarations.HCS_EVENT_TYPE)));
}

using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Networks;

/// <summary>Tests the names of the codes of the Host Compute Network service with the published list.</summary>
public sealed class NetworkCodeTests
{
    public static TheoryData<int, string> Codes =>
    [
        .. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "abi", "computecore-abi.json")))
            .RootElement.GetProperty("hresults").EnumerateArray()
            .Select(code => (Code: code.GetProperty("int32").GetInt32(), Name: code.GetProperty("name").GetString()!))
            .Where(code => code.Name.StartsWith("HCN_E_", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_has_its_published_name_and_is_read_by_it(int code, string name)
    {
        Assert.Equal(name, new HcsException("HcnOpenNetwork", code).Symbol);
        Assert.Equal(code, ResultCode.Parse(name, out _));
        Assert.Equal(code, ResultCode.Parse(unchecked((uint)code).ToString(null as IFormatProvider), out _));
    }

    [Fact]
    public void The_list_is_there() => Assert.Equal(45, Codes.Count);

    [Fact]
    public void A_code_means_nothing_of_another_family()
    {
        Assert.False(new HcsException("f", unchecked((int)0x803B0015)).Is(HResult.NotSupported));
        Assert.False(new HcsException("f", unchecked((int)0xC03B0001)).Is(HResult.NetworkNotFound));
        Assert.True(new HcsException("f", unchecked((int)0x803B0001)).Is(HResult.NetworkNotFound));
        Assert.Null(new HcsException("f", HResult.NetworkNotFound).HcsCode);
        Assert.Null(new HcsException("f", unchecked((int)0x803B0FFF)).Symbol);
    }
}

using Amazon.Runtime;

#pragma warning disable CS1591 // Documented by AWS.
#pragma warning disable CA1724 // Names as in the package.

namespace Amazon.Lambda;

public sealed class LastUpdateStatus(string value) : ConstantClass(value);

public sealed class PackageType(string value) : ConstantClass(value);

public sealed class Runtime(string value) : ConstantClass(value)
{
    public static implicit operator Runtime?(string? value) => value is null ? null : new(value);
}

public sealed class State(string value) : ConstantClass(value);

public sealed class TracingMode(string value) : ConstantClass(value)
{
    public static implicit operator TracingMode?(string? value) => value is null ? null : new(value);
}

// How a failure crosses the C door: thrown as `Failure` inside, returned as a code and a copied message outside.
#pragma once

#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "cfaiss.h"

namespace morelli {

struct Failure {
  int code;
  std::string message;
};

[[noreturn]] inline void fail(int code, std::string message) { throw Failure{code, std::move(message)}; }

inline void require(bool holds, const char *message) {
  if (!holds) fail(MORELLI_FAISS_INVALID_ARGUMENT, message);
}

inline int report(int code, const char *text, char *message, size_t capacity) noexcept {
  if (message != nullptr && capacity > 0) std::snprintf(message, capacity, "%s", text);
  return code;
}

/// Runs the body of one C function; nothing that it throws gets past.
template <class Body>
int guarded(char *message, size_t capacity, Body &&body) noexcept {
  try {
    body();
    return report(MORELLI_FAISS_OK, "", message, capacity);
  } catch (const Failure &failure) {
    return report(failure.code, failure.message.c_str(), message, capacity);
  } catch (const std::bad_alloc &) {
    return report(MORELLI_FAISS_OUT_OF_MEMORY, "out of memory", message, capacity);
  } catch (const std::exception &error) {
    return report(MORELLI_FAISS_LIBRARY, error.what(), message, capacity);
  } catch (...) {
    return report(MORELLI_FAISS_LIBRARY, "an exception of no known type", message, capacity);
  }
}

}  // namespace morelli
